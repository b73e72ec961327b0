package dev.kingpin.plan;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A worker in virtual time. It answers requests first, since others wait for the answers, and goes
 * on with its own groups in between, a step at a time.
 */
final class Station {
  private final Clock clock;
  private final Cores cores;
  private final double speed;
  private final Deque<Task> requests = new ArrayDeque<>();
  private final Deque<Job> jobs = new ArrayDeque<>();
  private boolean isBusy;
  private int visitors;
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
    private final Runnable done;

    Job(double seconds, double step, Runnable done) {
      this.seconds = seconds;
      this.step = step;
      this.done = done;
    }
  }

  /** How many workers may compute at the same time. */
  static final class Cores {
    private int free;
    private final Deque<Station> waiting = new ArrayDeque<>();

    Cores(int free) {
      this.free = free;
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

  /** A cut group may send requests until it leaves. */
  void visit() {
    visitors++;
  }

  void leave() {
    visitors--;
  }

  /** A request of so many seconds at speed 1 has arrived. */
  void request(double seconds, Runnable done) {
    requests.add(new Task(seconds / speed, done));
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
    Job job = jobs.element();
    double part = visitors == 0 ? job.seconds : Math.min(job.seconds, job.step);
    job.seconds -= part;
    boolean isLast = job.seconds <= 0;
    if (isLast) {
      jobs.remove();
    }
    work(part, isLast ? job.done : () -> {});
  }

  private void work(double seconds, Runnable done) {
    isBusy = true;
    busySeconds += seconds;
    clock.at(
        clock.now() + seconds,
        () -> {
          isBusy = false;
          done.run();
          cores.giveBack();
          goOn();
        });
  }

  /** Is busy with something that is told elsewhere. */
  void count(double seconds) {
    busySeconds += seconds / speed;
  }
}
