package dev.starling.node;

import dev.starling.metainfo.FileEntry;
import dev.starling.metainfo.InfoDictionary;
import dev.starling.metainfo.PieceSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What `verify` found out about one file that is not as it should be.
///
/// @param badPieces pieces with bytes of the file that are not right; they may be its neighbours'
///   fault
record FileVerdict(String path, State state, int badPieces, int pieces) {

    enum State {
        MISSING,
        SHORT,
        DAMAGED
    }

    /// The files that have a bad piece, in the torrent's order.
    static List<FileVerdict> of(InfoDictionary info, Path folder, PieceSet good) {
        var verdicts = new ArrayList<FileVerdict>();
        for (var file : info.files()) {
            if (file.isPadding() || file.lengthBytes() == 0) {
                continue;
            }
            long last = file.offsetBytes() + file.lengthBytes() - 1;
            int from = (int) (file.offsetBytes() / info.pieceLengthBytes());
            int to = (int) (last / info.pieceLengthBytes());
            int bad = 0;
            for (int piece = from; piece <= to; piece++) {
                bad += good.contains(piece) ? 0 : 1;
            }
            if (bad > 0) {
                var state = state(file, folder.resolve(file.path()));
                verdicts.add(new FileVerdict(file.path(), state, bad, to - from + 1));
            }
        }
        return verdicts;
    }

    private static State state(FileEntry file, Path path) {
        try {
            return Files.size(path) < file.lengthBytes() ? State.SHORT : State.DAMAGED;
        } catch (IOException e) {
            return State.MISSING;
        }
    }

    Event event() {
        return Event.of("file")
                .text("path", path)
                .text("state", state.name().toLowerCase(Locale.ROOT))
                .number("bad", badPieces)
                .number("pieces", pieces);
    }

    String line() {
        String name = Output.harmless(path);
        return switch (state) {
            case MISSING -> "missing  " + name;
            case SHORT -> "short    " + name + "  " + share();
            case DAMAGED -> "damaged  " + name + "  " + share();
        };
    }

    private String share() {
        return badPieces + " of " + Units.count(pieces, "piece") + " bad";
    }
}
