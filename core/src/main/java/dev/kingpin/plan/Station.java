package dev.kingpin.plan;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A worker in virtual time. It answers requests first, since others wait for the answers: its own
 * groups are left at the end of a step, and taken up again when no request is left.
 */
final class Station {
  /** Seconds after which a worker gives its core to another one for whose answer others wait. */
  private static final double TURN = 5e-3;

  private final Clock clock;
  private final SharedCores cores;
  private final double speed;
  private final boolean isAwaited;
  private final Deque<Task> requests = new ArrayDeque<>();
  private final Deque<Job> jobs = new ArrayDeque<>();
  private boolean isBusy;
  private @Nullable Job job; // its own that it is at, if it is
  private double since; // when it took that up
  private long turn; // counts what it was told to do until when
  private double busySeconds;

  /**
   * @param isAwaited whether others wait for all that it does
   */
  Station(Clock clock, SharedCores cores, double speed, boolean isAwaited) {
    this.clock = clock;
    this.cores = cores;
    this.speed = speed;
    this.isAwaited = isAwaited;
  }

  private record Task(double seconds, Runnable done) {}

  /** Work of its own: one group, or one model task. */
  private static final class Job {
    private double seconds;
    private final double step;
    private final Runnable done;

    Job(double seconds, double step, Runnable done) {
      this.seconds = seconds;
      this.step = step;
      this.done = done;
    }
  }

  double speed() {
    return speed;
  }

  double busySeconds() {
    return busySeconds;
  }

  /** Whether others wait for what it does next. */
  boolean isUrgent() {
    return isAwaited || !requests.isEmpty();
  }

  /** Does nothing before a time. */
  void sleep(double until) {
    if (until > clock.now()) {
      isBusy = true;
      clock.at(
          until,
          () -> {
            isBusy = false;
            goOn();
          });
    }
  }

  /** A request of so many seconds at speed 1 has arrived. */
  void request(double seconds, Runnable done) {
    requests.add(new Task(seconds / speed, done));
    if (job != null) {
      leave(job, clock.now());
    }
    goOn();
  }

  /**
   * Adds work of its own.
   *
   * @param step seconds after which it may be left for a request
   */
  void own(double seconds, double step, Runnable done) {
    jobs.add(new Job(seconds / speed, step / speed, done));
  }

  /** Takes up the next thing to do, if it is idle. */
  void goOn() {
    if (!isBusy && !(requests.isEmpty() && jobs.isEmpty()) && cores.take(this)) {
      begin(false);
    }
  }

  /** It has a core that another one had until now. */
  void takeOver() {
    begin(true);
  }

  private void begin(boolean takesOver) {
    Task request = requests.poll();
    double seconds = request == null ? jobs.element().seconds : request.seconds;
    since = clock.now() + (takesOver ? cores.handover(seconds) : 0);
    if (request != null) {
      work(request.seconds, request.done);
      return;
    }
    job = jobs.element();
    goOn(job, seconds);
  }

  /** Whether it is at work that may be left for the sake of others. */
  boolean takesTurns() {
    return job != null && !isAwaited;
  }

  double endOfTurn() {
    return since + TURN;
  }

  /** Gives its core to others when its turn is over. */
  void endTurn() {
    leave(Objects.requireNonNull(job), Math.max(clock.now(), endOfTurn()));
  }

  /** Leaves its own work at the end of the step that it is at. */
  private void leave(Job left, double from) {
    double steps = left.step > 0 ? Math.ceil((from - since) / left.step) : 1;
    goOn(left, Math.min(left.seconds, steps * left.step));
    job = null;
  }

  private void goOn(Job at, double part) {
    work(
        part,
        () -> {
          at.seconds -= part;
          if (at.seconds <= 0) {
            jobs.remove();
            at.done.run();
          }
        });
  }

  /** Works for so many seconds since it began, whatever it was told before. */
  private void work(double seconds, Runnable done) {
    isBusy = true;
    turn++;
    long mine = turn;
    clock.at(Math.max(clock.now(), since + seconds), () -> stop(mine, seconds, done));
  }

  private void stop(long mine, double seconds, Runnable done) {
    if (mine != turn) {
      return;
    }
    isBusy = false;
    job = null;
    busySeconds += seconds;
    done.run();
    cores.giveBack(this);
    goOn();
  }

  /** Is busy with something that is told elsewhere. */
  void count(double seconds) {
    busySeconds += seconds / speed;
  }
}
