package dev.starling.disk;

import dev.starling.disk.FileAccess.OpenFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The files held open, the longest unused closed first. Thread-safe; files are opened outside the
/// lock, so that a slow disk holds up only who waits for it.
final class OpenFiles implements AutoCloseable {

    /// Far below the 1,024 descriptors a process usually may have, and more than a torrent touches
    /// at once.
    static final int MAX_OPEN_FILES = 64;

    private static final Logger log = LoggerFactory.getLogger(OpenFiles.class);

    /// A file of one owner.
    record Key(Object owner, int fileIndex) {

        // Written out, as it is asked for every block; see ConnectionId.

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key that
                    && fileIndex == that.fileIndex
                    && owner.equals(that.owner);
        }

        @Override
        public int hashCode() {
            return 31 * owner.hashCode() + fileIndex;
        }
    }

    /// An open file in use; give it back by [OpenFiles#release].
    static final class Handle {
        private final OpenFile file;
        private final boolean isWritable;
        private int users;
        private boolean isDoomed;

        private Handle(OpenFile file, boolean isWritable) {
            this.file = file;
            this.isWritable = isWritable;
        }

        OpenFile file() {
            return file;
        }
    }

    /// Opens a file that is not open yet.
    interface Opener {
        OpenFile open(int fileIndex, boolean isWritable) throws IOException;
    }

    private final LinkedHashMap<Key, Handle> handles = new LinkedHashMap<>(16, 0.75f, true);

    /// The open file, for reading at least.
    Handle acquire(Key key, boolean writable, Opener opener) throws IOException {
        synchronized (this) {
            var handle = handles.get(key);
            if (handle != null && (handle.isWritable || !writable)) {
                handle.users++;
                return handle;
            }
        }
        var opened = new Handle(opener.open(key.fileIndex(), writable), writable);
        synchronized (this) {
            opened.users = 1;
            var replaced = handles.put(key, opened);
            if (replaced != null) {
                doom(replaced);
            }
            closeUnused();
            return opened;
        }
    }

    synchronized void release(Handle handle) {
        handle.users--;
        if (handle.isDoomed && handle.users == 0) {
            closeQuietly(handle);
        }
    }

    /// Closes the owner's files, those in use once they are given back.
    synchronized void closeAll(Object owner) {
        List<Key> keys = new ArrayList<>();
        for (var key : handles.keySet()) {
            if (key.owner().equals(owner)) {
                keys.add(key);
            }
        }
        for (var key : keys) {
            var handle = handles.remove(key);
            if (handle != null) {
                doom(handle);
            }
        }
    }

    @Override
    public synchronized void close() {
        handles.values().forEach(OpenFiles::doom);
        handles.clear();
    }

    private void closeUnused() {
        var eldestFirst = handles.values().iterator();
        while (handles.size() > MAX_OPEN_FILES && eldestFirst.hasNext()) {
            var handle = eldestFirst.next();
            if (handle.users == 0) {
                eldestFirst.remove();
                doom(handle);
            }
        }
    }

    private static void doom(Handle handle) {
        handle.isDoomed = true;
        if (handle.users == 0) {
            closeQuietly(handle);
        }
    }

    /// Every write has been answered before; a failure to close loses nothing that was promised.
    private static void closeQuietly(Handle handle) {
        try {
            handle.file.close();
        } catch (IOException e) {
            log.warn("a file did not close: {}", e.toString());
        }
    }
}
