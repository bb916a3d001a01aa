"""The bulletin of service quality (服务质量报): what it is about, its states, what it says."""
