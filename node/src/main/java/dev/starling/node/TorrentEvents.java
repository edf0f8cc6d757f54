package dev.starling.node;

import dev.starling.metainfo.FileEntry;
import dev.starling.metainfo.InfoDictionary;
import dev.starling.metainfo.Magnet;
import java.util.ArrayList;
import java.util.List;

/// The `torrent` event, which describes a torrent or a magnet link.
final class TorrentEvents {

    private TorrentEvents() {}

    static Event torrent(InfoDictionary info, Magnet magnet) {
        List<Event> files = new ArrayList<>();
        for (int index = 0; index < info.files().size(); index++) {
            FileEntry file = info.files().get(index);
            if (!file.isPadding()) {
                files.add(
                        Event.part()
                                .number("index", index)
                                .text("path", file.path())
                                .number("lengthBytes", file.lengthBytes()));
            }
        }
        return Event.of("torrent")
                .text("infoHash", info.infoHash().hex())
                .text("name", info.name())
                .number("lengthBytes", info.lengthBytes())
                .number("pieceLengthBytes", info.pieceLengthBytes())
                .number("pieces", info.pieceCount())
                .flag("private", info.isPrivate())
                .parts("files", files)
                .text("magnet", magnet.toUri());
    }

    static Event torrent(Magnet magnet) {
        var event = Event.of("torrent").text("infoHash", magnet.infoHash().hex());
        magnet.name().ifPresent(name -> event.text("name", name));
        return event.text("magnet", magnet.toUri());
    }
}
