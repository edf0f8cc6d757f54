/// What can be played on the simulator: scenarios, each of which makes a world, lets things happen
/// to it and reports what came of it in figures and charts. Imports `sim` and the core.
@NullMarked
package dev.starling.sim.scenario;

import org.jspecify.annotations.NullMarked;
