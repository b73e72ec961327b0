package dev.kingpin.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A second Java process of a test, which reports by lines and can be killed. */
final class ChildJvm implements AutoCloseable {
  private final Process process;
  private final BufferedReader lines;

  private ChildJvm(Process process) {
    this.process = process;
    this.lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  static ChildJvm start(Class<?> main, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    return new ChildJvm(builder.start());
  }

  long pid() {
    return process.pid();
  }

  /** The next line of the child, waiting for it. */
  String line() throws IOException {
    String line = lines.readLine();
    if (line == null) {
      throw new IOException("the child ended early");
    }
    return line;
  }

  /** Kills the child between any two of its instructions; the lines it had written by then. */
  List<String> kill() throws IOException, InterruptedException {
    process.toHandle().destroyForcibly(); // leaves the pipe open, unlike the method of the process
    return end();
  }

  /** Closes the input of the child, on which it ends; the lines it had left. */
  List<String> finish() throws IOException, InterruptedException {
    try (OutputStream input = process.getOutputStream()) {
      input.flush();
    }
    return end();
  }

  private List<String> end() throws IOException, InterruptedException {
    List<String> rest = new ArrayList<>();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      rest.add(line);
    }
    process.waitFor();
    return rest;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
