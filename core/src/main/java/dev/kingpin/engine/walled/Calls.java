package dev.kingpin.engine.walled;

import dev.kingpin.engine.WorkerLost;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Answers that a worker waits for. */
final class Calls {
  private final AtomicInteger next = new AtomicInteger(1);
  private final Map<Integer, Call> open = new ConcurrentHashMap<>();

  /** A request to several workers. */
  static final class Call {
    final int number;
    private final int group;
    private final int expected;
    private final List<byte[]> answers = new ArrayList<>();
    private @Nullable RuntimeException failure;

    private Call(int number, int group, int expected) {
      this.number = number;
      this.group = group;
      this.expected = expected;
    }

    /** Whether this was the last answer. */
    private synchronized boolean hear(byte[] answer) {
      answers.add(answer);
      notifyAll();
      return answers.size() == expected;
    }

    private synchronized void fail(RuntimeException reason) {
      failure = failure == null ? reason : failure;
      notifyAll();
    }

    /** Waits for all answers. */
    synchronized List<byte[]> await() {
      while (answers.size() < expected) {
        if (failure != null) {
          throw failure;
        }
        try {
          wait();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new WorkerLost(e);
        }
      }
      return answers;
    }
  }

  Call open(int group, int expected) {
    Call call = new Call(next.getAndIncrement(), group, expected);
    open.put(call.number, call);
    return call;
  }

  void hear(int number, byte[] answer) {
    Call call = open.get(number);
    if (call != null && call.hear(answer)) {
      open.remove(number);
    }
  }

  /** What was asked went wrong. */
  void refuse(int number, RuntimeException reason) {
    Call call = open.remove(number);
    if (call != null) {
      call.fail(reason);
    }
  }

  /** Nobody will answer the calls of a group any more. */
  void end(int group, RuntimeException reason) {
    for (Call call : List.copyOf(open.values())) {
      if (call.group == group) {
        refuse(call.number, reason);
      }
    }
  }

  /** Nobody will answer any more. */
  void end(RuntimeException reason) {
    List.copyOf(open.values()).forEach(c -> refuse(c.number, reason));
  }
}
