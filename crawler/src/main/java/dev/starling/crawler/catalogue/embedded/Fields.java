package dev.starling.crawler.catalogue.embedded;

/// The names of the fields of the index.
final class Fields {

    /// The infohash: to replace a document by, and to read it back.
    static final String ID = "id";

    /// Words with their positions.
    static final String NAME = "name";

    static final String FILES = "files";

    /// The first characters of all words; see [Documents#SHORT_PREFIX].
    static final String PREFIX = "prefix";

    /// Present where a block hides the torrent.
    static final String HIDDEN = "hidden";

    /// The first half of the key of its contents; torrents with equal ones are copies.
    static final String KEY = "key";

    /// The first 64 bits of the infohash, to put ties in order.
    static final String TIE = "tie";

    static final String TYPE = "type";
    static final String EXTENSION = "extension";
    static final String RESOLUTION = "resolution";
    static final String LANGUAGE = "language";
    static final String YEAR = "year";
    static final String YEAR_WORD = "yearWord";
    static final String SEASON = "season";
    static final String EPISODE = "episode";
    static final String LENGTH = "length";
    static final String FIRST_SEEN = "firstSeen";
    static final String LAST_SEEN = "lastSeen";
    static final String SEEDS = "seeds";
    static final String MEASURED = "measured";

    /// How the number of seeds raises a score.
    static final String HEALTH = "health";

    private Fields() {}
}
