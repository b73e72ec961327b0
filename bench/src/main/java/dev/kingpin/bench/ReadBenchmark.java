package dev.kingpin.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kingpin.data.GroupedTable;
import dev.kingpin.data.TableEncoder;
import dev.kingpin.data.TableSource;
import dev.kingpin.duckdb.Tables;
import dev.kingpin.engine.ParallelThreads;
import dev.kingpin.query.QueryResolver;
import dev.kingpin.query.TrainQuery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * Reads a flights table into encoded columns, clustered by origin: how long, and how much memory at
 * the peak.
 *
 * <pre>bench/run read FLIGHTS.parquet [FRESH-JVMS]</pre>
 *
 * Each run is a JVM of its own, since that is what a user waits for; the last line of each has the
 * times of four reads, from opening the file to clustered rows. Before any time is told, all runs
 * must have read equal rows. Memory is the kernel's own account of the process (VmHWM), after the
 * first read, in a JVM whose heap is limited to twice the encoded table and 100 MB.
 */
final class ReadBenchmark {
  private static final int READS = 4;
  private static final double NANOS_A_SECOND = 1e9;
  private static final long MEGABYTE = 1_000_000;

  private ReadBenchmark() {}

  static void run(List<String> arguments) throws IOException, InterruptedException {
    if (arguments.size() == 3 && arguments.get(0).equals("--child")) {
      child(Path.of(arguments.get(1)), Integer.parseInt(arguments.get(2)));
      return;
    }
    Path file = Path.of(arguments.isEmpty() ? "examples/flights.parquet" : arguments.get(0));
    int jvms = arguments.size() > 1 ? Integer.parseInt(arguments.get(1)) : 5;
    List<Measured> runs = new ArrayList<>();
    for (int i = 0; i < jvms; i++) {
      runs.add(inFreshJvm(file, READS, List.of()));
    }
    long heap = 2 * runs.get(0).encodedBytes() + 100 * MEGABYTE;
    Measured small = inFreshJvm(file, 1, List.of("-Xmx" + heap, "-XX:+UseSerialGC"));
    if (runs.stream().anyMatch(r -> r.hash() != small.hash() || r.rows() != small.rows())) {
      throw new IllegalStateException("Runs read different rows: " + runs + " " + small);
    }
    report(file, runs, small);
  }

  /**
   * What one JVM measured.
   *
   * @param seconds of each read
   * @param peakBytes of the whole process, after the first read
   */
  private record Measured(
      long rows, int groups, long hash, long encodedBytes, double[] seconds, long peakBytes) {
    String line() {
      return "%d %d %d %d %d %s"
          .formatted(
              rows,
              groups,
              hash,
              encodedBytes,
              peakBytes,
              Arrays.toString(seconds).replace(" ", ""));
    }

    static Measured of(String line) {
      String[] words = line.split(" ", -1);
      String list = words[5].substring(1, words[5].length() - 1);
      double[] seconds =
          Arrays.stream(list.split(",", -1)).mapToDouble(Double::parseDouble).toArray();
      return new Measured(
          Long.parseLong(words[0]),
          Integer.parseInt(words[1]),
          Long.parseLong(words[2]),
          Long.parseLong(words[3]),
          seconds,
          Long.parseLong(words[4]));
    }
  }

  private static void report(Path file, List<Measured> runs, Measured small) {
    System.out.printf(
        Locale.ROOT,
        "%s: %,d rows, %d groups, %.0f MB encoded; every run read the same rows%n",
        file.getFileName(),
        small.rows(),
        small.groups(),
        small.encodedBytes() / 1e6);
    System.out.printf("%n%-28s %8s %8s %8s%n", "seconds", "median", "min", "max");
    for (int read = 0; read < READS; read++) {
      int position = read;
      double[] times = runs.stream().mapToDouble(r -> r.seconds()[position]).sorted().toArray();
      System.out.printf(
          Locale.ROOT,
          "%-28s %8.3f %8.3f %8.3f%n",
          read == 0 ? "first read of a fresh JVM" : "read " + (read + 1),
          times[times.length / 2],
          times[0],
          times[times.length - 1]);
    }
    System.out.printf(
        Locale.ROOT,
        "%npeak memory of the process %.0f MB (%.3f s); twice the encoded table and 300 MB are %.0f"
            + " MB%n",
        small.peakBytes() / 1e6,
        small.seconds()[0],
        (2 * small.encodedBytes() + 300 * MEGABYTE) / 1e6);
  }

  private static Measured inFreshJvm(Path file, int reads, List<String> flags)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of("read", "--child", file.toString(), Integer.toString(reads)));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException("A run failed: " + printed);
    }
    return Measured.of(printed.lines().reduce((a, b) -> b).orElse(""));
  }

  private static void child(Path file, int reads) throws IOException {
    TrainQuery query =
        TrainQuery.groupBy("origin")
            .predict("delay")
            .from("distance", "hour(date)", "weekday(date)", "month(date)")
            .build();
    double[] seconds = new double[reads];
    Measured last = null;
    for (int i = 0; i < reads; i++) {
      long start = System.nanoTime();
      TableSource source = Tables.parquet(file);
      GroupedTable table =
          TableEncoder.read(
              source,
              QueryResolver.resolve(query, source.schema()).encoding(),
              new ParallelThreads(Runtime.getRuntime().availableProcessors(), "kingpin-reader"),
              (rows, expected) -> {});
      seconds[i] = (System.nanoTime() - start) / NANOS_A_SECOND;
      long peak = last == null ? peakBytes().orElse(-1) : last.peakBytes();
      last =
          new Measured(
              table.sourceRows(),
              table.groups(),
              table.dataHash(),
              encodedBytes(table),
              seconds,
              peak);
    }
    System.out.println(last == null ? "" : last.line());
  }

  /** Numbers, codes, target, position and fold of every row. */
  private static long encodedBytes(GroupedTable table) {
    long rows = 0;
    for (int g = 0; g < table.groups(); g++) {
      rows += table.rows(g).rows();
    }
    int numeric = table.features().numeric().size();
    int categorical = table.features().categorical().size();
    return rows * (4L * numeric + 4L * categorical + 4 + 4 + 1);
  }

  private static OptionalLong peakBytes() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return OptionalLong.empty();
    }
    return Files.readAllLines(status).stream()
        .filter(l -> l.startsWith("VmHWM:"))
        .mapToLong(l -> Long.parseLong(l.replaceAll("\\D", "")) * 1024)
        .findFirst();
  }
}
