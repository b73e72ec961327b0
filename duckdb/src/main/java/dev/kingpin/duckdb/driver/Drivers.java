package dev.kingpin.duckdb.driver;

import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the driver, once a JVM.
 *
 * <p>DuckDB's driver unpacks its native library, some 70 MB, into the temporary folder at every
 * start of a JVM, which takes longer than reading a million rows. Its one way to load a library
 * that is unpacked already needs a class loader that does not show the packed one. So the driver
 * lives in an {@link IsolatedLoader} on top of a {@link NativeLibrary} that is kept from run to
 * run; whatever goes wrong with that, the driver is left to its own way.
 */
public final class Drivers {
  private static final String IMPLEMENTATION = "dev.kingpin.duckdb.driver.jdbc.JdbcDriver";

  private Drivers() {}

  private static final class Holder {
    static final Driver DRIVER = find(NativeLibrary.folder());
  }

  /** The driver; the first call loads its native library. */
  public static Driver get() {
    return Holder.DRIVER;
  }

  static Driver find(@Nullable Path folder) {
    ClassLoader own = Drivers.class.getClassLoader();
    Optional<Path> library = NativeLibrary.unpacked(own, folder);
    if (library.isPresent()) {
      String path = library.get().toString();
      try {
        return create(new IsolatedLoader(own, path), path);
      } catch (ReflectiveOperationException | LinkageError | RuntimeException e) {
        // A cache that cannot be used (noexec, another C library) is no reason to fail.
      }
    }
    try {
      return create(own, null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("DuckDB's driver does not start", e);
    }
  }

  private static Driver create(ClassLoader loader, @Nullable String library)
      throws ReflectiveOperationException {
    Class<?> type = Class.forName(IMPLEMENTATION, true, loader);
    try {
      return (Driver) type.getConstructor(String.class).newInstance(library);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof LinkageError error) {
        throw error;
      }
      throw e;
    }
  }
}
