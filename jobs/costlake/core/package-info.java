/** Values and words of the domain. Depends on the JDK alone. */
@NullMarked
package costlake.core;

import org.jspecify.annotations.NullMarked;
