package dev.kingpin;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;

/** What the JVM spends on compiling, beside the threads of a run. */
final class Compiling {
  private static final double MILLIS_A_SECOND = 1e3;

  private Compiling() {}

  /** Seconds of all its threads so far; NaN if nobody knows. */
  static double seconds() {
    @Nullable CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
    return compiler != null && compiler.isCompilationTimeMonitoringSupported()
        ? compiler.getTotalCompilationTime() / MILLIS_A_SECOND
        : Double.NaN;
  }
}
