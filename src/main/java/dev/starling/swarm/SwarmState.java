package dev.starling.swarm;

import dev.starling.id.Id;
import dev.starling.metainfo.InfoDictionary;
import dev.starling.metainfo.PieceSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// What all parts of a swarm look at: its stage, its connections, its metadata and pieces.
final class SwarmState {

    final Id infoHash;
    final Swarm.Settings settings;
    final RandomGenerator random;
    final Rate received = new Rate();
    final Rate sent = new Rate();

    SwarmStatus.Stage stage = SwarmStatus.Stage.FETCHING_METADATA;
    long wastedBytes;

    /// Files chosen before the pieces were known; empty for all.
    List<Integer> selection = List.of();

    private final Map<ConnectionId, PeerSession> sessions = new LinkedHashMap<>();
    private @Nullable InfoDictionary info;
    private @Nullable PieceMap map;

    SwarmState(Id infoHash, Swarm.Settings settings, RandomGenerator random) {
        this.infoHash = infoHash;
        this.settings = settings;
        this.random = random;
    }

    Optional<InfoDictionary> info() {
        return Optional.ofNullable(info);
    }

    void metadataKnown(InfoDictionary known) {
        info = known;
        stage = SwarmStatus.Stage.OPENING_STORAGE;
    }

    /// The pieces, once storage is open.
    Optional<PieceMap> map() {
        return Optional.ofNullable(map);
    }

    void opened(PieceSet have) {
        if (info == null || map != null) {
            throw new IllegalStateException("storage opened in stage " + stage);
        }
        map = new PieceMap(info, have);
        if (!selection.isEmpty()) {
            map.select(selection);
        }
    }

    boolean isPrivate() {
        return info != null && info.isPrivate();
    }

    boolean isSeeding() {
        return stage == SwarmStatus.Stage.SEEDING;
    }

    /// In the order they were made.
    Collection<PeerSession> sessions() {
        return sessions.values();
    }

    /// A copy, for whoever may add or remove connections on the way.
    List<PeerSession> sessionsNow() {
        return new ArrayList<>(sessions.values());
    }

    Optional<PeerSession> session(ConnectionId connection) {
        return Optional.ofNullable(sessions.get(connection));
    }

    void add(PeerSession session) {
        if (sessions.put(session.connection, session) != null) {
            throw new IllegalStateException(session.connection + " connected twice");
        }
    }

    void remove(PeerSession session) {
        sessions.remove(session.connection);
    }
}
