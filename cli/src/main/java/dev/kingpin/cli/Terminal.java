package dev.kingpin.cli;

import dev.kingpin.report.Page;
import dev.kingpin.report.Paint;
import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * What a command writes to, and the clock on its wall.
 *
 * @param out results
 * @param err progress, notes and errors
 * @param outIsTerminal whether somebody watches {@code out}, rather than a file or a pipe
 * @param errIsTerminal the same of {@code err}
 * @param environment variables such as NO_COLOR
 * @param nanos the clock that tells how long a command takes
 */
record Terminal(
    PrintStream out,
    PrintStream err,
    boolean outIsTerminal,
    boolean errIsTerminal,
    Map<String, String> environment,
    LongSupplier nanos) {
  private static final int USUAL_WIDTH = 80;
  private static final int OUT_FD = 1;
  private static final int ERR_FD = 2;

  /** Standard output and error of this process, in UTF-8. */
  static Terminal ofProcess() {
    return new Terminal(
        stream(FileDescriptor.out),
        stream(FileDescriptor.err),
        isTerminal(OUT_FD),
        isTerminal(ERR_FD),
        System.getenv(),
        System::nanoTime);
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }

  /** Asks Linux by the file that the descriptor stands for, other systems by their command. */
  private static boolean isTerminal(int descriptor) {
    try {
      Path link = Path.of("/proc/self/fd/" + descriptor);
      if (!Files.isSymbolicLink(link)) {
        String test = Integer.toString(descriptor);
        return new ProcessBuilder("test", "-t", test).inheritIO().start().waitFor() == 0;
      }
      String file = Files.readSymbolicLink(link).toString();
      return file.startsWith("/dev/pts/")
          || file.startsWith("/dev/tty")
          || file.equals("/dev/console");
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** What results are rendered for. */
  Page page() {
    return outIsTerminal ? new Page(width(), paint()) : Page.plain();
  }

  /** Whether results have colours: on terminals, unless the user wants none. */
  Paint paint() {
    boolean plain = !outIsTerminal || isSet("NO_COLOR") || "dumb".equals(environment.get("TERM"));
    return plain ? Paint.NONE : Paint.ANSI;
  }

  private boolean isSet(String variable) {
    return !environment.getOrDefault(variable, "").isEmpty();
  }

  /** Columns of the terminal, as far as can be told. */
  int width() {
    try {
      String columns = isSet("COLUMNS") ? environment.get("COLUMNS") : askStty();
      return Math.max(40, Integer.parseInt(columns));
    } catch (IOException | NumberFormatException e) {
      return USUAL_WIDTH;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return USUAL_WIDTH;
    }
  }

  private static String askStty() throws IOException, InterruptedException {
    Process stty =
        new ProcessBuilder("stty", "size")
            .redirectInput(new File("/dev/tty"))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!stty.waitFor(1, TimeUnit.SECONDS)) {
      stty.destroy();
      throw new IOException("stty does not answer");
    }
    String size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    return size.substring(size.indexOf(' ') + 1).strip();
  }
}
