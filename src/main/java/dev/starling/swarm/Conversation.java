package dev.starling.swarm;

import dev.starling.bencode.ByteString;
import dev.starling.metainfo.InfoDictionary;
import dev.starling.wire.WireEncoder;
import dev.starling.wire.WireMessage;
import java.util.Optional;
import java.util.OptionalInt;

/// What is said between us and one peer: our greeting, and what each of its messages leads to.
final class Conversation {

    /// What we call ourselves to peers.
    static final String CLIENT = "Starling 0.1";

    /// Characters kept of what a peer calls itself.
    private static final int MAX_CLIENT_CHARS = 64;

    /// `have` messages without news after which a peer is let go: far more than a peer that tells
    /// lazily, or again after a bitfield, ever sends.
    private static final int MAX_REDUNDANT_HAVES = 20_000;

    /// Bitfields a peer may send anew: some, and one for every so many pieces it may have got.
    /// aria2 sends one instead of twenty `have`.
    private static final int MAX_TELLINGS = 64;

    private static final int HAVES_PER_TELLING = 16;

    private final SwarmState state;
    private final Connections connections;
    private final Uploads uploads;
    private final Choker choker;
    private final PeerExchange exchange;

    Conversation(SwarmState state, Connections connections, Choker choker, PeerExchange exchange) {
        this.state = state;
        this.connections = connections;
        this.uploads = choker.uploads();
        this.choker = choker;
        this.exchange = exchange;
    }

    /// Says who we are and what we have (BEP 10, BEP 6).
    void greet(PeerSession session, Turn turn) {
        introduce(session, turn);
        var map = state.map();
        boolean hasNone = map.isEmpty() || map.get().have().isEmpty();
        if (hasNone && session.speaksFast) {
            turn.send(session, new WireMessage.HaveNone());
        } else if (!hasNone && map.get().have().isFull() && session.speaksFast) {
            turn.send(session, new WireMessage.HaveAll());
        } else if (!hasNone) {
            var bits = ByteString.of(map.get().have().toBitfield());
            turn.send(session, new WireMessage.Bitfield(bits));
        }
    }

    /// Sends our extension handshake, again when what it says has changed.
    void introduce(PeerSession session, Turn turn) {
        if (session.speaksExtensions) {
            turn.send(session, introduction());
        }
    }

    /// Takes any message but those about metadata, which [Swarm] needs before there is a transfer.
    void received(
            PeerSession session, WireMessage message, Optional<Transfer> transfer, Turn turn) {
        if (message instanceof WireMessage.Piece block) { // the hot ones first: see Swarm.dispatch
            blockArrived(session, block, transfer, turn);
        } else if (message instanceof WireMessage.Request(var range)) {
            uploads.requested(session, range, turn);
        } else {
            receivedRest(session, message, transfer, turn);
        }
    }

    private void receivedRest(
            PeerSession session, WireMessage message, Optional<Transfer> transfer, Turn turn) {
        switch (message) {
            case WireMessage.Piece block -> blockArrived(session, block, transfer, turn);
            case WireMessage.Request(var range) -> uploads.requested(session, range, turn);
            case WireMessage.Cancel(var range) -> uploads.cancelled(session, range, turn);
            case WireMessage.Have(int piece) -> have(session, piece, transfer, turn);
            case WireMessage.Bitfield(var bits) ->
                    told(session, session.pieces.tellBits(bits), transfer, turn);
            case WireMessage.HaveAll() -> {
                session.pieces.tellAll();
                told(session, isFast(session, turn), transfer, turn);
            }
            case WireMessage.HaveNone() ->
                    told(
                            session,
                            isFast(session, turn) && session.pieces.tellNone(),
                            transfer,
                            turn);
            case WireMessage.Choke() -> choked(session, transfer, turn);
            case WireMessage.Unchoke() -> unchoked(session, transfer, turn);
            case WireMessage.Interested() -> interested(session, turn);
            case WireMessage.NotInterested() -> {
                session.isInterestedInUs = false;
                choker.notInterested(session, turn);
            }
            case WireMessage.RejectRequest(var range) -> {
                if (isFast(session, turn)) {
                    transfer.ifPresent(t -> t.downloads().rejected(session, range, turn));
                }
            }
            case WireMessage.AllowedFast(int piece) -> {
                if (isFast(session, turn)) {
                    Downlink.addHint(session.down.allowedFast, piece);
                    transfer.ifPresent(t -> t.downloads().requests().refill(session, turn));
                }
            }
            case WireMessage.SuggestPiece(int piece) -> {
                if (isFast(session, turn)) {
                    Downlink.addHint(session.down.suggested, piece);
                }
            }
            case WireMessage.ExtensionHandshake handshake ->
                    introduced(session, handshake, transfer, turn);
            case WireMessage.PeerExchange peers -> {
                exchange.received(session, peers, turn);
                connections.call(turn);
            }
            case WireMessage.MetadataRequest(int block) ->
                    MetadataServer.requested(session, block, state.info(), turn);
            case WireMessage.MetadataData _, WireMessage.MetadataReject _ -> {}
            case WireMessage.KeepAlive(), WireMessage.Port _, WireMessage.Unknown _ -> {}
        }
    }

    /// Two peers that both have all they want have nothing to say to each other.
    void dropIfDone(PeerSession session, Turn turn) {
        if (state.isSeeding() && session.isSeed()) {
            turn.drop(session, "both have everything");
        }
    }

    private WireMessage.ExtensionHandshake introduction() {
        int size = state.info().map(InfoDictionary::encodedLengthBytes).orElse(0);
        int port = state.settings.listenPort();
        return new WireMessage.ExtensionHandshake(
                OptionalInt.of(WireEncoder.METADATA_NUMBER),
                state.isPrivate() ? OptionalInt.empty() : OptionalInt.of(WireEncoder.PEX_NUMBER),
                OptionalInt.of(Uploads.MAX_QUEUED),
                size == 0 ? OptionalInt.empty() : OptionalInt.of(size),
                port == 0 ? OptionalInt.empty() : OptionalInt.of(port),
                state.isSeeding(),
                CLIENT);
    }

    private void introduced(
            PeerSession session,
            WireMessage.ExtensionHandshake told,
            Optional<Transfer> transfer,
            Turn turn) {
        String client = told.client();
        session.client = client.substring(0, Math.min(client.length(), MAX_CLIENT_CHARS));
        session.isUploadOnly = told.isUploadOnly();
        told.reqq().ifPresent(session.down.window::limitTo);
        told.listenPort().ifPresent(port -> connections.listensAt(session, port, turn));
        if (told.metadataNumber().isPresent()) {
            session.servesMetadata = told.metadataNumber().getAsInt() != 0;
        }
        told.metadataSizeBytes().ifPresent(size -> session.metadataSizeBytes = size);
        if (told.pexNumber().orElse(0) != 0) {
            exchange.spoken(session, turn);
        }
        transfer.ifPresent(t -> t.downloads().requests().refill(session, turn));
        dropIfDone(session, turn);
    }

    private static void blockArrived(
            PeerSession session, WireMessage.Piece block, Optional<Transfer> transfer, Turn turn) {
        if (transfer.isPresent()) {
            transfer.get().downloads().blockArrived(session, block, turn);
        } else {
            turn.drop(session, "sent a block before any was requested");
        }
    }

    private void have(PeerSession session, int piece, Optional<Transfer> transfer, Turn turn) {
        if (transfer.isEmpty()) {
            session.pieces.tellEarly(piece);
        } else if (transfer.get().holdings().have(session, piece, turn)) {
            if (session.down.outstanding.isEmpty()) {
                transfer.get().downloads().requests().refill(session, turn);
            }
            dropIfDone(session, turn);
        } else if (++session.redundantHaveCount > MAX_REDUNDANT_HAVES) {
            turn.drop(session, "goes on telling what it has told");
        }
    }

    private void told(
            PeerSession session, boolean isAllowed, Optional<Transfer> transfer, Turn turn) {
        int pieceCount = state.info().map(InfoDictionary::pieceCount).orElse(0);
        if (!isAllowed || ++session.tellingCount > MAX_TELLINGS + pieceCount / HAVES_PER_TELLING) {
            turn.drop(session, "said too often, or out of turn, which pieces it has");
            return;
        }
        transfer.ifPresent(t -> {
            t.holdings().learn(session, turn);
            t.downloads().requests().refill(session, turn);
        });
        dropIfDone(session, turn);
    }

    private static void choked(PeerSession session, Optional<Transfer> transfer, Turn turn) {
        session.isChokingUs = true;
        transfer.ifPresent(t -> t.downloads().choked(session, turn));
    }

    private static void unchoked(PeerSession session, Optional<Transfer> transfer, Turn turn) {
        session.isChokingUs = false;
        transfer.ifPresent(t -> t.downloads().unchoked(session, turn));
    }

    private void interested(PeerSession session, Turn turn) {
        session.isInterestedInUs = true;
        choker.fill(turn);
        if (session.isChoked && state.map().isPresent()) {
            uploads.offerAllowedFast(session, state.info().orElseThrow(), state.map().get(), turn);
        }
    }

    /// BEP 6: whoever sends its messages without having agreed on them is let go.
    private static boolean isFast(PeerSession session, Turn turn) {
        if (!session.speaksFast) {
            turn.drop(session, "speaks the fast extension without having said so");
        }
        return session.speaksFast;
    }
}
