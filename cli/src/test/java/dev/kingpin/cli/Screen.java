package dev.kingpin.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.LongSupplier;

/** A terminal that keeps what is written. */
final class Screen {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Terminal terminal;

  private Screen(boolean isTerminal, Map<String, String> environment) {
    terminal =
        new Terminal(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            isTerminal,
            isTerminal,
            environment,
            () -> 0);
  }

  /** Files or pipes. */
  static Screen pipes() {
    return new Screen(false, Map.of());
  }

  /** Files or pipes, with environment variables. */
  static Screen pipes(Map<String, String> environment) {
    return new Screen(false, environment);
  }

  /** A terminal of so many columns. */
  static Screen terminal(int columns) {
    return new Screen(true, Map.of("COLUMNS", Integer.toString(columns)));
  }

  static Screen terminal(Map<String, String> environment) {
    return new Screen(true, environment);
  }

  /** With a clock that stands still: nothing ever takes long enough for a progress bar. */
  Terminal get() {
    return terminal;
  }

  Terminal get(LongSupplier nanos) {
    return new Terminal(
        terminal.out(),
        terminal.err(),
        terminal.outIsTerminal(),
        terminal.errIsTerminal(),
        terminal.environment(),
        nanos);
  }

  String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  String err() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
