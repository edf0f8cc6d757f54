package dev.starling.disk;

import dev.starling.metainfo.FileEntry;
import dev.starling.metainfo.InfoDictionary;
import java.util.ArrayList;
import java.util.List;

/// Where a torrent's bytes lie in its files.
final class FileLayout {

    /// Bytes of one file that lie beside each other in the torrent too.
    record Span(int fileIndex, long fileOffset, int lengthBytes) {

        long end() {
            return fileOffset + lengthBytes;
        }
    }

    private final List<FileEntry> files;

    FileLayout(List<FileEntry> files) {
        this.files = List.copyOf(files);
    }

    static FileLayout of(InfoDictionary info) {
        return new FileLayout(info.files());
    }

    List<FileEntry> files() {
        return files;
    }

    FileEntry file(int fileIndex) {
        return files.get(fileIndex);
    }

    /// The spans of a range of the torrent's bytes, in order, pad files included.
    List<Span> spans(long offsetBytes, int lengthBytes) {
        int index = fileAt(offsetBytes);
        var first = files.get(index);
        long within = offsetBytes - first.offsetBytes();
        if (within + lengthBytes <= first.lengthBytes()) {
            return List.of(new Span(index, within, lengthBytes));
        }
        var spans = new ArrayList<Span>();
        for (int left = lengthBytes; left > 0; index++) {
            var file = files.get(index);
            int length = (int) Math.min(left, file.lengthBytes() - within);
            if (length > 0) {
                spans.add(new Span(index, within, length));
            }
            left -= length;
            within = 0;
        }
        return spans;
    }

    /// The last file that begins at or before this byte; of several, only the last is not empty.
    private int fileAt(long offsetBytes) {
        int low = 0;
        int high = files.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (files.get(middle).offsetBytes() <= offsetBytes) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }
}
