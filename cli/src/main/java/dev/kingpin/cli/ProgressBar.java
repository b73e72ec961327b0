package dev.kingpin.cli;

import dev.kingpin.PredictListener;
import dev.kingpin.data.GroupKey;
import dev.kingpin.engine.RunListener;
import dev.kingpin.engine.WorkerAccount;
import dev.kingpin.learner.Outcome;
import dev.kingpin.report.WorkersReport;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Shows on standard error how far a command is. Silent for the first two seconds; then a terminal
 * gets one line that is drawn again and again, anything else a plain line every few seconds.
 */
final class ProgressBar implements RunListener, PredictListener, AutoCloseable {
  private static final double NANOS_A_SECOND = 1e9;
  private static final double SILENT_SECONDS = 2;
  private static final double SECONDS_BETWEEN_LINES = 5;
  private static final long MILLIS_BETWEEN_TICKS = 200;
  private static final String CLEAR_LINE = "\r\u001b[K";

  private final Terminal terminal;
  private final boolean quiet;
  private final LongSupplier nanos;
  private final long start;
  private final List<String> notes = new ArrayList<>();
  private @Nullable WorkersReport workers;
  private @Nullable Thread ticker;
  private int width;

  private String verb = "";
  private String noun = "row";
  private long phaseStart;
  private long lastNews;
  private long done;
  private long total;
  private long resumed;
  private long failed;
  private double work;
  private double workDone;
  private double lastLine;
  private boolean drawn;

  /** A bar that is drawn when told to. */
  ProgressBar(Terminal terminal, boolean quiet) {
    this.terminal = terminal;
    this.quiet = quiet;
    nanos = terminal.nanos();
    start = nanos.getAsLong();
    phaseStart = start;
  }

  /** A bar that draws itself. */
  static ProgressBar start(Terminal terminal, boolean quiet) {
    ProgressBar bar = new ProgressBar(terminal, quiet);
    if (!quiet) {
      Thread thread = new Thread(bar::drawAgainAndAgain, "kingpin-progress");
      thread.setDaemon(true);
      bar.ticker = thread;
      thread.start();
    }
    return bar;
  }

  private void drawAgainAndAgain() {
    try {
      while (!Thread.interrupted()) {
        Thread.sleep(MILLIS_BETWEEN_TICKS);
        draw();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public synchronized void reading(long rows, long expected) {
    rows("reading", rows, expected);
  }

  @Override
  public synchronized void predicted(long rows, long expected) {
    rows("predicting", rows, expected);
  }

  private void rows(String what, long rows, long expected) {
    phase(what, "row");
    done = rows;
    total = expected;
    lastNews = nanos.getAsLong();
  }

  private void phase(String what, String counted) {
    if (!verb.equals(what)) {
      verb = what;
      noun = counted;
      phaseStart = nanos.getAsLong();
    }
  }

  @Override
  public synchronized void training(int groups, int resumedGroups, long rows, double allWork) {
    phase("training", "group");
    done = resumedGroups;
    resumed = resumedGroups;
    total = groups;
    work = allWork;
    if (resumedGroups > 0) {
      note("%,d of %,d groups are done by an earlier run.".formatted(resumedGroups, groups));
    }
  }

  @Override
  public synchronized void groupDone(GroupKey key, Outcome outcome, double groupWork) {
    done++;
    workDone += groupWork;
    failed += outcome instanceof Outcome.Failed ? 1 : 0;
  }

  @Override
  public synchronized void familyDone(GroupKey key, Outcome outcome, double familyWork) {
    workDone += familyWork;
  }

  @Override
  public synchronized void note(String message) {
    notes.add(message);
    if (!quiet) {
      clear();
      terminal.err().println(Main.NAME + ": note: " + message);
    }
  }

  @Override
  public synchronized void workersDone(List<WorkerAccount> accounts, double seconds) {
    workers = new WorkersReport(accounts, seconds);
  }

  /** What workers that share nothing did; null if there were none. */
  synchronized @Nullable WorkersReport workers() {
    return workers;
  }

  /** All notes so far. */
  synchronized List<String> notes() {
    return List.copyOf(notes);
  }

  /** How far the command is. */
  synchronized Progress progress() {
    boolean training = noun.equals("group");
    double share = training ? workDone / work : total > 0 ? (double) done / total : Double.NaN;
    long counted = training ? done - resumed : done;
    double seconds = ((training ? nanos.getAsLong() : lastNews) - phaseStart) / NANOS_A_SECOND;
    return new Progress(verb, noun, done, total, share, counted, failed, seconds);
  }

  /** Seconds since this bar was made. */
  double seconds() {
    return (nanos.getAsLong() - start) / NANOS_A_SECOND;
  }

  /** Draws the bar if it is time to. */
  synchronized void draw() {
    double now = seconds();
    if (quiet || verb.isEmpty() || now < SILENT_SECONDS) {
      return;
    }
    String text = progress().text();
    if (terminal.errIsTerminal()) {
      width = width == 0 ? terminal.width() : width;
      String cut = text.length() < width ? text : text.substring(0, width - 1);
      terminal.err().print(CLEAR_LINE + cut);
      terminal.err().flush();
      drawn = true;
    } else if (lastLine == 0 || now - lastLine >= SECONDS_BETWEEN_LINES) {
      terminal.err().println(text);
      lastLine = now;
    }
  }

  private void clear() {
    if (drawn) {
      terminal.err().print(CLEAR_LINE);
      terminal.err().flush();
      drawn = false;
    }
  }

  /** Removes the bar from the terminal. */
  @Override
  public void close() {
    if (ticker != null) {
      ticker.interrupt();
    }
    synchronized (this) {
      verb = "";
      clear();
    }
  }
}
