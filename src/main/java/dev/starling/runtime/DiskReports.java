package dev.starling.runtime;

import dev.starling.disk.StorageEvent;
import dev.starling.metainfo.BlockSet;
import dev.starling.metainfo.InfoDictionary;
import dev.starling.metainfo.PieceSet;
import dev.starling.net.MachineLoop;
import dev.starling.swarm.SwarmInput;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/// What the storage of one download reports, told to the machine and to whoever listens. Confined
/// to the peers' loop.
///
/// @param selection file indexes wanted; empty for all
/// @param failed told when the storage cannot go on
record DiskReports(
        InfoDictionary info,
        List<Integer> selection,
        MachineLoop<SwarmInput, ?> machine,
        DownloadListener listener,
        Consumer<? super IOException> failed)
        implements Consumer<StorageEvent> {

    DiskReports {
        selection = List.copyOf(selection);
    }

    @Override
    public void accept(StorageEvent event) {
        switch (event) {
            case StorageEvent.PieceVerified(int piece) ->
                    machine.handle(new SwarmInput.PieceVerified(piece));
            case StorageEvent.PieceFailed(int piece) ->
                    machine.handle(new SwarmInput.PieceFailed(piece));
            case StorageEvent.BlocksDigested(int piece, var digests) ->
                    machine.handle(new SwarmInput.BlocksDigested(piece, digests));
            case StorageEvent.Checking(int pieces, int pieceCount) ->
                    listener.checking(pieces, pieceCount);
            case StorageEvent.Opened(var have, var written) -> opened(have, written);
            case StorageEvent.Stalled(var reason, var hint) -> {
                machine.handle(new SwarmInput.StorageStalled(reason));
                listener.stalled(reason, hint);
            }
            case StorageEvent.Resumed() -> {
                machine.handle(new SwarmInput.StorageResumed());
                listener.resumed();
            }
            case StorageEvent.Failed(var reason, var hint) ->
                    failed.accept(new IOException(reason + ". " + hint));
        }
    }

    private void opened(PieceSet have, BlockSet written) {
        long haveBytes = 0;
        for (int piece = have.next(0); piece >= 0; piece = have.next(piece + 1)) {
            haveBytes += info.pieceLength(piece);
        }
        listener.opened(haveBytes);
        if (!selection.isEmpty()) {
            machine.handle(new SwarmInput.Select(selection));
        }
        machine.handle(new SwarmInput.Opened(have, written));
    }
}
