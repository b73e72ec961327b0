package dev.kingpin.kernel;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the kernels of this JVM, once. The vector twin is loaded by name, so that a JVM without
 * the incubating module never links it.
 */
final class KernelProvider {

  private static final String MODULE = "jdk.incubator.vector";
  private static final String VECTOR_KERNELS = "dev.kingpin.kernel.VectorKernels";

  /** Below 128 bits a vector holds too little to be worth it. */
  private static final int LEAST_LANES = 4;

  private static volatile @Nullable Kernels chosen;

  private KernelProvider() {}

  static Kernels best() {
    Kernels known = chosen;
    return known == null ? chosen() : known;
  }

  private static synchronized Kernels chosen() {
    Kernels known = chosen;
    if (known == null) {
      known = choose(System.getProperty(Kernels.PROPERTY, ""));
      chosen = known;
    }
    return known;
  }

  /** The kernels for a value of the system property; empty: the best there are. */
  static Kernels choose(String forced) {
    return switch (forced) {
      case "scalar" -> ScalarKernels.INSTANCE;
      case "vector" ->
          vector()
              .orElseThrow(
                  () ->
                      new IllegalStateException(
                          "System property %s asks for vector kernels, which this JVM does not have. Maybe add '--add-modules %s'."
                              .formatted(Kernels.PROPERTY, MODULE)));
      case "" -> vector().orElse(ScalarKernels.INSTANCE);
      default ->
          throw new IllegalStateException(
              "System property %s is '%s'. It must be 'scalar' or 'vector'."
                  .formatted(Kernels.PROPERTY, forced));
    };
  }

  /**
   * Whether the module is there, or could be loaded now. A program may let it be loaded on demand
   * by the manifest entry {@code Add-Exports: java.base/jdk.internal.module}: then the JVM says
   * nothing of incubating modules, as it does at each start with the flag.
   */
  private static boolean hasModule() {
    if (ModuleLayer.boot().findModule(MODULE).isPresent()) {
      return true;
    }
    try {
      Class.forName("jdk.internal.module.Modules")
          .getMethod("loadModule", String.class)
          .invoke(null, MODULE);
      return true;
    } catch (ReflectiveOperationException | RuntimeException e) {
      return false;
    }
  }

  private static Optional<Kernels> vector() {
    Logger log = System.getLogger(Kernels.class.getName());
    if (!hasModule()) {
      log.log(
          Level.WARNING,
          "Scalar kernels: the module {0} is not there. Add ''--add-modules {0}'' to run several"
              + " times faster.",
          MODULE);
      return Optional.empty();
    }
    try {
      Kernels kernels =
          Class.forName(VECTOR_KERNELS)
              .asSubclass(Kernels.class)
              .getDeclaredConstructor()
              .newInstance();
      if (kernels.lanes() >= LEAST_LANES && kernels.lanes() <= ColumnKernels.CHAINS) {
        return Optional.of(kernels);
      }
      log.log(
          Level.INFO,
          "Scalar kernels: the vectors of this JVM have less than 128 bits, or more than 512.");
    } catch (ReflectiveOperationException | LinkageError e) {
      log.log(Level.WARNING, "Scalar kernels: the vector kernels do not load.", e);
    }
    return Optional.empty();
  }
}
