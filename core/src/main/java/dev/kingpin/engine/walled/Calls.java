package dev.kingpin.engine.walled;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers that a worker waits for. */
final class Calls {
  private final AtomicInteger next = new AtomicInteger(1);
  private final Map<Integer, Call> open = new ConcurrentHashMap<>();

  /** A request to several workers. */
  static final class Call {
    final int number;
    private final int expected;
    private final List<byte[]> answers = new ArrayList<>();
    final CompletableFuture<List<byte[]>> all = new CompletableFuture<>();

    private Call(int number, int expected) {
      this.number = number;
      this.expected = expected;
    }

    /** Whether this was the last answer. */
    private synchronized boolean hear(byte[] answer) {
      answers.add(answer);
      return answers.size() == expected && all.complete(answers);
    }
  }

  Call open(int expected) {
    Call call = new Call(next.getAndIncrement(), expected);
    open.put(call.number, call);
    return call;
  }

  void hear(int number, byte[] answer) {
    Call call = open.get(number);
    if (call != null && call.hear(answer)) {
      open.remove(number);
    }
  }

  /** Nobody will answer any more. */
  void fail(Throwable reason) {
    List.copyOf(open.values()).forEach(c -> c.all.completeExceptionally(reason));
  }
}
