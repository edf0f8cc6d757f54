/// `starling bench report`: results of benchmarks, now and before, on one page.
@NullMarked
package dev.starling.bench.report;

import org.jspecify.annotations.NullMarked;
