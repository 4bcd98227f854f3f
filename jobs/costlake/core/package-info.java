/** Basic types that all packages use, e.g. money, deliveries and failures. Uses only the JDK. */
@NullMarked
package costlake.core;

import org.jspecify.annotations.NullMarked;
