package dev.kingpin.learner;

import dev.kingpin.kernel.Kernels;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** What one worker thread owns: the kernels it uses and buffers that outlive a row block. */
public final class Workspace {
  private final Kernels kernels;
  private final Map<Class<?>, Object> buffers = new HashMap<>();

  public Workspace(Kernels kernels) {
    this.kernels = kernels;
  }

  public Kernels kernels() {
    return kernels;
  }

  /** This worker's buffers of a kind, made at first use. */
  public <T> T buffers(Class<T> kind, Function<Kernels, T> make) {
    return kind.cast(buffers.computeIfAbsent(kind, k -> make.apply(kernels)));
  }
}
