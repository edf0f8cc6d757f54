package dev.starling.bench;

import dev.starling.bench.sim.SimCommand;
import dev.starling.node.CommandProvider;
import java.util.List;

/// Adds `starling bench` and `starling sim` to the program.
public final class BenchCommands implements CommandProvider {
    @Override
    public List<Object> commands() {
        return List.of(new BenchCommand(), new SimCommand());
    }
}
