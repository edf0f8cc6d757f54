package dev.starling.node;

import dev.starling.metainfo.Magnet.IndexRange;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/// Which files of a torrent are wanted, written `0,3-7`.
///
/// @param files their indexes, in order
record Selection(List<Integer> files) {

    /// A torrent with more files than this is selected from by a person at their own risk.
    private static final int MAX_FILES = 100_000;

    Selection {
        files = List.copyOf(files);
    }

    /// @throws Failure if it is not numbers and ranges
    static Selection parse(String text) throws Failure {
        SortedSet<Integer> files = new TreeSet<>();
        for (String part : text.split(",", -1)) {
            String[] ends = part.strip().split("-", 2);
            try {
                int first = Integer.parseUnsignedInt(ends[0]);
                add(files, first, ends.length == 1 ? first : Integer.parseUnsignedInt(ends[1]));
            } catch (NumberFormatException e) {
                throw new Failure(
                        "'" + text + "' selects no files",
                        "Write numbers and ranges as starling show lists them: --select 0,3-7",
                        e);
            }
        }
        return new Selection(List.copyOf(files));
    }

    static Selection of(List<IndexRange> ranges) throws Failure {
        SortedSet<Integer> files = new TreeSet<>();
        for (IndexRange range : ranges) {
            add(files, range.first(), range.last());
        }
        return new Selection(List.copyOf(files));
    }

    private static void add(SortedSet<Integer> files, int first, int last) throws Failure {
        if (first < 0 || last < first || last - first >= MAX_FILES - files.size()) {
            throw new Failure(
                    "files " + first + " to " + last + " cannot be selected",
                    "The first must not come after the last, and at most " + MAX_FILES + ".");
        }
        for (int file = first; file <= last; file++) {
            files.add(file);
        }
    }
}
