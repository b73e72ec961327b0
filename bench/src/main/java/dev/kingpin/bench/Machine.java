package dev.kingpin.bench;

import dev.kingpin.kernel.Kernels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;

/** What a benchmark ran on. */
final class Machine {
  private Machine() {}

  /** The most GFLOP/s of this many threads. */
  static double peak(int threads) throws InterruptedException, ExecutionException {
    List<Runnable> all = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      all.add(new FmaPeak());
    }
    return Timing.together(all).rate(FmaPeak.FLOPS);
  }

  /** Three lines: processor, Java, kernels. */
  static String describe() throws IOException {
    return "cpu         %s%njdk         %s, %s%nkernels     %s"
        .formatted(
            cpu(),
            System.getProperty("java.vm.name"),
            System.getProperty("java.vm.version"),
            Kernels.best().name());
  }

  /** Model and number of cores. */
  static String cpu() throws IOException {
    Path info = Path.of("/proc/cpuinfo");
    String cores = Runtime.getRuntime().availableProcessors() + " cores";
    if (!Files.isReadable(info)) {
      return System.getProperty("os.arch") + ", " + cores;
    }
    return Files.readAllLines(info).stream()
        .filter(line -> line.startsWith("model name"))
        .findFirst()
        .map(line -> line.substring(line.indexOf(':') + 1).strip() + ", " + cores)
        .orElse(System.getProperty("os.arch") + ", " + cores);
  }
}
