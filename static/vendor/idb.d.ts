export * from './idb-entry.js';
import './idb-database-extras.js';
import './idb-async-iterators.js';
