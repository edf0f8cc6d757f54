package dev.starling.swarm;

import dev.starling.metainfo.BlockSet;
import dev.starling.metainfo.PieceSet;
import dev.starling.wire.WireMessage;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Follows storage from its opening to the last piece, and tells peers and the world.
final class Progress {

    /// Pieces told one by one to peers that connected before storage was open; with more to tell, a
    /// new connection and its bitfield is shorter.
    private static final int MAX_LATE_HAVES = 2_000;

    private final SwarmState state;
    private final Connections connections;
    private final Conversation conversation;
    private @Nullable Transfer transfer;

    Progress(SwarmState state, Connections connections, Conversation conversation) {
        this.state = state;
        this.connections = connections;
        this.conversation = conversation;
    }

    /// What can be moved, once storage is open.
    Optional<Transfer> transfer() {
        return Optional.ofNullable(transfer);
    }

    void opened(PieceSet have, BlockSet written, Turn turn) {
        state.opened(have);
        transfer = Transfer.begin(state, written);
        if (state.stage == SwarmStatus.Stage.STORAGE_STALLED) {
            transfer.downloads().stalled(turn);
        } else {
            state.stage = SwarmStatus.Stage.DOWNLOADING;
        }
        for (var session : state.sessions()) {
            tellLate(session, have, transfer, turn);
        }
        completeIfDone(transfer, turn);
        transfer.downloads().requests().refillAll(turn);
    }

    void verified(int pieceIndex, Turn turn) {
        var open = require();
        if (!open.downloads().verified(pieceIndex, turn)) {
            return;
        }
        for (var session : state.sessions()) {
            open.holdings().verified(session, pieceIndex, turn);
        }
        completeIfDone(open, turn);
    }

    void failed(int pieceIndex, Turn turn) {
        require().downloads().failed(pieceIndex, turn);
    }

    void digested(SwarmInput.BlocksDigested digested, Turn turn) {
        require().downloads().digested(digested, turn);
    }

    void select(List<Integer> files, Turn turn) {
        if (transfer == null) {
            state.selection = files;
            return;
        }
        transfer.map().select(files);
        transfer.picker().reorder();
        if (state.isSeeding() && !transfer.map().isComplete()) {
            state.stage = SwarmStatus.Stage.DOWNLOADING;
        }
        for (var session : state.sessions()) {
            transfer.holdings().recount(session, turn);
        }
        completeIfDone(transfer, turn);
        transfer.downloads().requests().refillAll(turn);
        connections.call(turn);
    }

    void stalled(Turn turn) {
        if (transfer != null) {
            transfer.downloads().stalled(turn);
        }
        if (!state.isSeeding()) {
            state.stage = SwarmStatus.Stage.STORAGE_STALLED;
        }
    }

    void resumed(Turn turn) {
        if (transfer == null) {
            state.stage = SwarmStatus.Stage.OPENING_STORAGE;
            return;
        }
        if (state.stage == SwarmStatus.Stage.STORAGE_STALLED) {
            state.stage = SwarmStatus.Stage.DOWNLOADING;
        }
        transfer.downloads().requests().resume(turn);
        completeIfDone(transfer, turn);
    }

    /// Tells a peer that connected before storage was open what we have.
    private static void tellLate(PeerSession session, PieceSet have, Transfer transfer, Turn turn) {
        if (have.size() > MAX_LATE_HAVES) {
            turn.drop(session, "more to tell than piece by piece");
            return;
        }
        for (int piece = have.next(0); piece >= 0; piece = have.next(piece + 1)) {
            turn.send(session, new WireMessage.Have(piece));
        }
        transfer.holdings().learn(session, turn);
    }

    private void completeIfDone(Transfer open, Turn turn) {
        if (state.stage == SwarmStatus.Stage.DOWNLOADING && open.map().isComplete()) {
            state.stage = SwarmStatus.Stage.SEEDING;
            turn.emit(new SwarmEffect.Completed());
            for (var session : state.sessions()) {
                conversation.dropIfDone(session, turn);
                conversation.introduce(session, turn);
            }
        }
    }

    private Transfer require() {
        if (transfer == null) {
            throw new IllegalStateException("storage reports before it was opened");
        }
        return transfer;
    }
}
