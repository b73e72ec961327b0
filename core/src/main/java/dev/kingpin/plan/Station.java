package dev.kingpin.plan;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * A worker in virtual time. It answers requests first, since others wait for the answers: its own
 * groups are left at the end of a step, and taken up again when no request is left.
 */
final class Station {
  /** Of a job, where cores are scarce. */
  private static final int MOST_TURNS = 64;

  private final Clock clock;
  private final Cores cores;
  private final double speed;
  private final Deque<Task> requests = new ArrayDeque<>();
  private final Deque<Job> jobs = new ArrayDeque<>();
  private boolean isBusy;
  private @Nullable Job job; // its own that it is at, if it is
  private double since; // when it took that up
  private long turn; // counts what it was told to do until when
  private double busySeconds;

  Station(Clock clock, Cores cores, double speed) {
    this.clock = clock;
    this.cores = cores;
    this.speed = speed;
  }

  private record Task(double seconds, Runnable done) {}

  /** Work of its own: one group, or one model task. */
  private static final class Job {
    private double seconds;
    private final double step;
    private final double turn; // at most, where cores are scarce
    private final Runnable done;

    Job(double seconds, double step, Runnable done) {
      this.seconds = seconds;
      this.step = step;
      turn = Math.max(step, seconds / MOST_TURNS);
      this.done = done;
    }
  }

  /** How many workers may compute at the same time. */
  static final class Cores {
    private final boolean areScarce;
    private int free;
    private int cutGroups; // in work
    private final Deque<Station> waiting = new ArrayDeque<>();

    Cores(int cores, int workers) {
      areScarce = cores < workers;
      free = cores;
    }

    /** A cut group is in work, whose requests may come at any time. */
    void visit() {
      cutGroups++;
    }

    void leave() {
      cutGroups--;
    }

    /** Whether a worker must not keep its core from step to step. */
    private boolean areWanted() {
      return areScarce && cutGroups > 0;
    }

    private boolean take(Station station) {
      if (free > 0) {
        free--;
        return true;
      }
      if (!waiting.contains(station)) {
        waiting.add(station);
      }
      return false;
    }

    private void giveBack() {
      free++;
      Station next = waiting.poll();
      if (next != null) {
        next.goOn();
      }
    }
  }

  double speed() {
    return speed;
  }

  double busySeconds() {
    return busySeconds;
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
      leave(job);
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
    if (isBusy || (requests.isEmpty() && jobs.isEmpty()) || !cores.take(this)) {
      return;
    }
    Task request = requests.poll();
    since = clock.now();
    if (request != null) {
      work(request.seconds, request.done);
      return;
    }
    Job next = jobs.element();
    job = next;
    goOn(next, cores.areWanted() ? Math.min(next.seconds, next.turn) : next.seconds);
  }

  /** Leaves its own work at the end of the step that it is at. */
  private void leave(Job left) {
    double steps = left.step > 0 ? Math.ceil((clock.now() - since) / left.step) : 1;
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
    cores.giveBack();
    goOn();
  }

  /** Is busy with something that is told elsewhere. */
  void count(double seconds) {
    busySeconds += seconds / speed;
  }
}
