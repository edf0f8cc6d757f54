/// The simulator: the very classes of production on virtual time, a virtual network and virtual
/// disks. Imports the core only.
@NullMarked
package dev.starling.sim;

import org.jspecify.annotations.NullMarked;
