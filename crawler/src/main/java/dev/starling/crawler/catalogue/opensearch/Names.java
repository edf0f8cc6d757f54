package dev.starling.crawler.catalogue.opensearch;

/// The names in a cluster, and of the fields of a torrent's document.
///
/// @param catalogue what they all begin with
record Names(String catalogue) {

    static final String INFO_HASH = "infoHash";
    static final String CONTENT_KEY = "contentKey";
    static final String NAME_WORDS = "nameWords";
    static final String FILE_WORDS = "fileWords";
    static final String PREFIXES = "prefixes";
    static final String HIDDEN = "hidden";
    static final String LENGTH = "lengthBytes";
    static final String FIRST_SEEN = "firstSeen";
    static final String LAST_SEEN = "lastSeen";
    static final String SEEDS = "seeds";
    static final String MEASURED = "measured";
    static final String TYPE = "type";
    static final String TITLE = "title";
    static final String YEAR = "year";
    static final String SEASON = "season";
    static final String EPISODE = "episode";
    static final String RESOLUTION = "resolution";
    static final String LANGUAGES = "languages";
    static final String EXTENSIONS = "extensions";

    /// The alias by which torrents are read and written; behind it is one index, which may be
    /// exchanged for another one.
    String torrents() {
        return catalogue + "-torrents";
    }

    /// Infohashes that need no fetching because they look private.
    String refused() {
        return catalogue + "-refused";
    }

    String blocks() {
        return catalogue + "-blocks";
    }

    String audit() {
        return catalogue + "-audit";
    }

    /// One document that changes with every change of the blocks.
    String state() {
        return catalogue + "-state";
    }
}
