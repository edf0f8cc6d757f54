package dev.starling.crawler.catalogue;

import dev.starling.id.Id;
import java.io.IOException;
import java.util.List;

/// The operator's controls: what is kept out of sight, before it is found and after, exactly and
/// reversibly, with a record of who did what. Thread-safe.
public interface Blocks {

    /// Blocks at the most; each is held against every torrent that is added.
    int MAX_BLOCKS = 100_000;

    /// A dry run of [#add]: what visible torrents it would hide.
    ///
    /// @param examples how many to show
    Preview preview(BlockRule rule, int examples) throws IOException;

    /// A dry run of [#lift]: what hidden torrents it would bring back.
    Preview previewLift(BlockRule rule, int examples) throws IOException;

    /// Hides what matches, now and from now on.
    ///
    /// @return how many torrents were hidden by it; those another block hides already not counted
    long add(BlockRule rule, Note note) throws IOException;

    /// Takes a block back: whatever no other block matches is visible again, as it was.
    ///
    /// @return how many torrents came back
    long lift(BlockRule rule, Note note) throws IOException;

    /// The blocks in force, oldest first.
    List<Block> all() throws IOException;

    /// Whether a block names this infohash, so that it need not even be fetched.
    boolean isBlocked(Id infoHash) throws IOException;

    /// The newest lines of the audit log, newest first.
    List<AuditLine> audit(int limit) throws IOException;

    /// Who does something and why.
    record Note(String who, String why) {

        /// UTF-16 units of either.
        private static final int MAX_CHARACTERS = 500;

        public Note {
            who = Contents.bounded(who, MAX_CHARACTERS);
            why = Contents.bounded(why, MAX_CHARACTERS);
        }
    }

    /// What a change would do.
    record Preview(long torrents, List<CatalogueEntry> examples) {
        public Preview {
            examples = List.copyOf(examples);
        }
    }
}
