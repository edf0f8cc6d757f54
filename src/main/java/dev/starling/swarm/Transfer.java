package dev.starling.swarm;

import dev.starling.metainfo.BlockSet;
import dev.starling.metainfo.InfoDictionary;

/// The parts that can only work once storage is open and the pieces are known.
record Transfer(
        InfoDictionary info,
        PieceMap map,
        PiecePicker picker,
        Holdings holdings,
        Downloads downloads) {

    static Transfer begin(SwarmState state, BlockSet written) {
        var info = state.info().orElseThrow();
        var map = state.map().orElseThrow();
        var picker = new PiecePicker(info, map, written, state.random);
        return new Transfer(
                info,
                map,
                picker,
                new Holdings(map, picker.order()),
                new Downloads(state, info, map, picker));
    }
}
