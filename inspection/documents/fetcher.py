"""The only way a document gets at anything outside itself: photos handed in with the job."""

from collections.abc import Mapping

from weasyprint.urls import URLFetcher, URLFetcherResponse

_SCHEME = "photo:"
_SEAL = "seal:"


class FetchDenied(ValueError):
    """A document asked for something that is not one of its photos."""


class PhotoFetcher(URLFetcher):  # type: ignore[misc]  # it is untyped
    """Answers `photo:<sha256>` and `seal:` from the bytes it was given and denies the rest."""

    def __init__(self, photos: Mapping[str, bytes], seal: bytes = b"") -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False)
        self._photos = photos
        self._seal = seal
        self.denied: list[str] = []

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:  # noqa: ARG002  the signature is the library's
        """One photo. WeasyPrint leaves a gap for the rest; `denied` keeps what was asked for."""
        if url == _SEAL and self._seal:
            return URLFetcherResponse(url, self._seal, {"Content-Type": "image/png"})
        photo = self._photos.get(url.removeprefix(_SCHEME)) if url.startswith(_SCHEME) else None
        if photo is None:
            self.denied.append(url)
            raise FetchDenied(url[:80])
        return URLFetcherResponse(url, photo, {"Content-Type": "image/jpeg"})
