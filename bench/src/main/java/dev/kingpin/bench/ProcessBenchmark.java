package dev.kingpin.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A training from the shell's point of view: how long the command takes as a whole, and the most
 * memory that its process ever held. Models of parents are left out.
 *
 * <pre>bench/run process FLIGHTS.parquet [RUNS]</pre>
 *
 * Memory is the kernel's own account of the process (VmHWM), read until it ends. A first run is
 * left out. The command is built by {@code ./kingpin --version} before.
 */
final class ProcessBenchmark {
  private static final String FEATURES =
      "distance, hour(date) AS hour, weekday(date) AS weekday, month(date) AS month";
  private static final String GRID = "l2=0.0001,0.0003,0.001,0.003,0.01,0.03,0.1,0.3";
  private static final double NANOS = 1e-9;
  private static final int DEFAULT_RUNS = 5;
  private static final int LOOK_MILLIS = 5;

  private ProcessBenchmark() {}

  static void run(List<String> arguments) throws IOException, InterruptedException {
    if (arguments.isEmpty() || arguments.size() > 2) {
      throw new IllegalArgumentException("Maybe use: bench/run process FLIGHTS.parquet [RUNS]");
    }
    int runs = arguments.size() > 1 ? Integer.parseInt(arguments.get(1)) : DEFAULT_RUNS;
    System.out.println(Machine.describe());
    try (TempFolder folder = TempFolder.create()) {
      once(List.of("--version"), folder.path());
      measure("delay", arguments.get(0), runs, folder.path());
      measure("delay > 15 AS late", arguments.get(0), runs, folder.path());
    }
  }

  private static void measure(String target, String flights, int runs, Path folder)
      throws IOException, InterruptedException {
    List<String> words =
        List.of(
            "train",
            Path.of(flights).toAbsolutePath().toString(),
            "--predict",
            target,
            "--group-by",
            "origin",
            "--from",
            FEATURES,
            "--grid",
            GRID,
            "--fallback",
            "none",
            "--out",
            folder.resolve("flights.kp").toString(),
            "--overwrite");
    once(words, folder);
    List<Double> seconds = new ArrayList<>();
    List<Double> megabytes = new ArrayList<>();
    for (int i = 0; i < runs; i++) {
      Measured measured = once(words, folder);
      seconds.add(measured.seconds());
      megabytes.add(measured.peakBytes() / 1e6);
    }
    System.out.printf(
        "train --predict '%s': %s s, at most %s MB%n",
        target, Spread.of(seconds), Spread.of(megabytes));
  }

  private record Measured(double seconds, long peakBytes) {}

  private static Measured once(List<String> words, Path folder)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Main.root().resolve("kingpin").toAbsolutePath().toString());
    command.addAll(words);
    Path log = folder.resolve("log.txt");
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    long peak = watch(process);
    double seconds = (System.nanoTime() - start) * NANOS;
    if (process.waitFor() != 0) {
      throw new IllegalStateException("The command failed: " + Files.readString(log));
    }
    return new Measured(seconds, peak);
  }

  /** Waits for the end, and returns the most bytes seen. */
  private static long watch(Process process) throws InterruptedException {
    Path status = Path.of("/proc/" + process.pid() + "/status");
    long peak = 0;
    while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
      peak = Math.max(peak, peakBytes(status));
    }
    return peak;
  }

  private static long peakBytes(Path status) {
    try {
      return Files.readAllLines(status).stream()
          .filter(l -> l.startsWith("VmHWM:"))
          .mapToLong(l -> Long.parseLong(l.replaceAll("\\D", "")) * 1024)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0; // no such file here, or the process has just ended
    }
  }
}
