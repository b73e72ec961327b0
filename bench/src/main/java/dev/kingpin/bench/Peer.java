package dev.kingpin.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * scikit-learn on the rows that {@link PeerFiles} has written: a process that keeps its workers and
 * its rows between runs, and holds the clock itself. See {@code bench/peers/sklearn_server.py}.
 */
final class Peer implements AutoCloseable {
  private static final String FAILED = "failed";

  private final Path folder;
  private final Process process;
  private final BufferedWriter requests;
  private final BufferedReader answers;
  private final String name;

  private Peer(Path folder, Process process) throws IOException {
    this.folder = folder;
    this.process = process;
    requests = process.outputWriter(UTF_8);
    answers = process.inputReader(UTF_8);
    name = answer();
  }

  /**
   * Starts the peer.
   *
   * @param folder with the rows
   * @param workers processes that share the work
   */
  static Peer start(Path folder, int workers) throws IOException {
    Path peers = Main.root().resolve("bench").resolve("peers");
    Path python = peers.resolve(".venv").resolve("bin").resolve("python");
    if (!Files.isExecutable(python)) {
      throw new IllegalStateException(
          "There is no (" + python + "). Maybe run bench/peers/setup first.");
    }
    ProcessBuilder builder =
        new ProcessBuilder(
            python.toString(),
            peers.resolve("sklearn_server.py").toString(),
            folder.toString(),
            Integer.toString(workers));
    return new Peer(folder, builder.redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /** Name and version. */
  String name() {
    return name;
  }

  /** The ways it knows to do the task. */
  List<String> ways() throws IOException {
    return List.of(ask("ways").split(" ", -1));
  }

  /** Seconds for a sample of the groups; infinite if that way fails, after saying why. */
  double seconds(String way) throws IOException {
    String answer = ask("try " + way);
    if (answer.startsWith(FAILED)) {
      System.out.printf("sample      %s %s%n", way, answer);
      return Double.POSITIVE_INFINITY;
    }
    return Double.parseDouble(answer);
  }

  /** Seconds for all groups. */
  double run(String way) throws IOException {
    String answer = ask("run " + way);
    if (answer.startsWith(FAILED)) {
      throw new IllegalStateException(name + ", " + way + " " + answer);
    }
    return Double.parseDouble(answer);
  }

  /** Newton steps that a fit takes on average over rows, on a sample. */
  double steps() throws IOException {
    return Double.parseDouble(ask("steps"));
  }

  /** Metrics of the last run: (groups, penalties), NaN where there is none. */
  double[] metrics() throws IOException {
    byte[] bytes = Files.readAllBytes(folder.resolve("metrics.f64"));
    double[] metrics = new double[bytes.length / Double.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer().get(metrics);
    return metrics;
  }

  private String ask(String request) throws IOException {
    requests.write(request + "\n");
    requests.flush();
    return answer();
  }

  private String answer() throws IOException {
    String line = answers.readLine();
    if (line == null) {
      throw new IllegalStateException("scikit-learn has ended; what it said is above.");
    }
    return line;
  }

  @Override
  public void close() throws IOException {
    requests.close();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
    }
  }
}
