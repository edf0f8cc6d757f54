package dev.starling.swarm;

import dev.starling.id.Id;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Finds out who sent the false blocks of a piece that failed, and bans them and nobody else.
///
/// A piece of which an earlier run stored a part convicts nobody: it is not known who sent that. A
/// piece that one peer sent alone convicts it. Where several had a hand in it, the digest of each
/// block and its sender are kept; the piece is fetched again from one peer at a time, and once it
/// is right, whoever sent a block with another digest lied. Meanwhile all senders are under
/// suspicion and are asked only for pieces that nobody else has a hand in, so that no further
/// failure is in doubt. After libtorrent's `smart_ban`.
final class SmartBan {

    /// Block digests kept in all, 40 bytes each; beyond, the oldest case is dropped unsolved.
    static final int MAX_DIGESTS = 65_536;

    private final Map<Integer, Case> cases = new LinkedHashMap<>();
    private int digestCount;

    /// What one peer sent for one block.
    private record Claim(int blockIndex, PeerSession sender, Id digest) {}

    /// One piece that failed at least once. Digests are answered in the order they were asked for;
    /// each entry of `awaited` holds the senders by block, or nobody where the piece was right.
    private static final class Case {
        final List<Claim> claims = new ArrayList<>();
        final ArrayDeque<List<PeerSession>> awaited = new ArrayDeque<>();
        final Set<PeerSession> suspects = new LinkedHashSet<>();
    }

    void failed(PartialPiece piece, Turn turn) {
        if (piece.isResumed()) {
            return;
        }
        var senders = piece.senders();
        if (senders.size() == 1) {
            turn.ban(senders.iterator().next(), "sent a false piece " + piece.pieceIndex());
            return;
        }
        var open = cases.computeIfAbsent(piece.pieceIndex(), _ -> new Case());
        for (var sender : senders) {
            if (open.suspects.add(sender)) {
                sender.down.suspicionCount++;
            }
        }
        var byBlock = new ArrayList<PeerSession>(piece.blockCount());
        for (int block = 0; block < piece.blockCount(); block++) {
            piece.sender(block).ifPresent(byBlock::add);
        }
        open.awaited.add(byBlock);
        turn.emit(new SwarmEffect.DigestBlocks(piece.pieceIndex()));
    }

    /// The piece is right: its digests tell who lied before.
    void passed(int pieceIndex, Turn turn) {
        var open = cases.get(pieceIndex);
        if (open != null) {
            open.awaited.add(List.of());
            turn.emit(new SwarmEffect.DigestBlocks(pieceIndex));
        }
    }

    void digested(SwarmInput.BlocksDigested digested, Turn turn) {
        var open = cases.get(digested.pieceIndex());
        if (open == null || open.awaited.isEmpty()) {
            return; // the case was dropped to keep within bounds
        }
        var senders = open.awaited.remove();
        if (senders.isEmpty()) {
            convict(open, digested, turn);
            close(digested.pieceIndex(), open);
        } else {
            record(open, senders, digested.digests());
        }
    }

    /// Drops all cases unsolved: storage has lost what it was to take the digests of.
    void clear() {
        for (var entry : List.copyOf(cases.entrySet())) {
            close(entry.getKey(), entry.getValue());
        }
    }

    private void record(Case open, List<PeerSession> senders, List<Id> digests) {
        if (digests.size() != senders.size()) {
            throw new IllegalStateException(
                    digests.size() + " digests of a piece with " + senders.size() + " blocks");
        }
        for (int block = 0; block < digests.size(); block++) {
            open.claims.add(new Claim(block, senders.get(block), digests.get(block)));
        }
        digestCount += digests.size();
        while (digestCount > MAX_DIGESTS && !cases.isEmpty()) {
            var eldest = cases.entrySet().iterator().next();
            close(eldest.getKey(), eldest.getValue());
        }
    }

    private static void convict(Case open, SwarmInput.BlocksDigested right, Turn turn) {
        var liars = new LinkedHashSet<PeerSession>();
        for (var claim : open.claims) {
            if (!claim.digest().equals(right.digests().get(claim.blockIndex()))) {
                liars.add(claim.sender());
            }
        }
        for (var liar : liars) {
            turn.ban(liar, "sent a false block of piece " + right.pieceIndex());
        }
    }

    private void close(int pieceIndex, Case open) {
        cases.remove(pieceIndex);
        digestCount -= open.claims.size();
        for (var suspect : open.suspects) {
            suspect.down.suspicionCount--;
        }
    }
}
