package dev.starling.crawler.catalogue;

/// One file of a torrent: its path below the torrent's folder, `/` between elements.
public record CatalogueFile(String path, long lengthBytes) {

    /// The last element of the path.
    public String fileName() {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
