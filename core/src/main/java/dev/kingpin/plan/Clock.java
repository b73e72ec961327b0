package dev.kingpin.plan;

import java.util.PriorityQueue;

/** Virtual time: what happens next; at the same moment in the order in which it was announced. */
final class Clock {
  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private double now;
  private long announced;

  private record Event(double time, long order, Runnable action) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      int byTime = Double.compare(time, other.time);
      return byTime == 0 ? Long.compare(order, other.order) : byTime;
    }
  }

  double now() {
    return now;
  }

  /** Announces what happens at a time that is not yet over. */
  void at(double time, Runnable action) {
    events.add(new Event(time, announced++, action));
  }

  /** Lets all things happen, and those that follow from them, up to a time. */
  void run(double until) {
    Event event;
    while (now <= until && (event = events.poll()) != null) {
      now = event.time;
      event.action.run();
    }
  }

  /** Nothing happens for some seconds. */
  void pass(double seconds) {
    now += seconds;
  }
}
