package dev.starling.crawler.catalogue;

/// What became of a batch.
///
/// @param added new and visible
/// @param merged known already
/// @param hidden new, and hidden by a block
/// @param refused looking private
public record PutReport(int added, int merged, int hidden, int refused) {

    public static final PutReport NOTHING = new PutReport(0, 0, 0, 0);

    public PutReport plus(PutReport other) {
        return new PutReport(
                added + other.added,
                merged + other.merged,
                hidden + other.hidden,
                refused + other.refused);
    }
}
