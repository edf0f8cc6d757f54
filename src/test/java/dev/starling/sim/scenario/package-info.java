@NullMarked
package dev.starling.sim.scenario;

import org.jspecify.annotations.NullMarked;
