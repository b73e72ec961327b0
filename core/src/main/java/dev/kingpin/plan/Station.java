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

  /** Seconds that a worker keeps a core, where they are scarce. */
  private static final double TURN = 5e-3;

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
      turn = Math.max(Math.max(step, TURN), seconds / MOST_TURNS);
      this.done = done;
    }
  }

  /** The cores that workers share. */
  static final class Cores {
    /** Seconds until a core is at work for another worker: it wakes, and its caches are cold. */
    private static final double HANDOVER = 2e-4;

    private final boolean areShared;
    private int fresh; // cores that are free and have served nobody
    private final Deque<Station> free = new ArrayDeque<>(); // whom other free cores served last
    private final Deque<Station> waiting = new ArrayDeque<>();

    /**
     * @param cores of one machine, or {@link Cluster#APART}
     */
    Cores(int cores) {
      areShared = cores != Cluster.APART;
      fresh = cores;
    }

    /** Whether a worker may have a core now: else it gets one when one is free. */
    private boolean take(Station station) {
      station.since = station.clock.now();
      if (!areShared) {
        return true;
      }
      if (free.isEmpty() && fresh == 0) {
        if (!waiting.contains(station)) {
          waiting.add(station);
        }
        return false;
      }
      if (!free.remove(station)) {
        if (fresh > 0) {
          fresh--;
        } else {
          free.remove();
          station.since += HANDOVER;
        }
      }
      return true;
    }

    private void giveBack(Station station) {
      if (areShared) {
        free.add(station);
      }
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
    if (request != null) {
      work(request.seconds, request.done);
      return;
    }
    Job next = jobs.element();
    job = next;
    goOn(next, cores.areShared ? Math.min(next.seconds, next.turn) : next.seconds);
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
    cores.giveBack(this);
    goOn();
  }

  /** Is busy with something that is told elsewhere. */
  void count(double seconds) {
    busySeconds += seconds / speed;
  }
}
