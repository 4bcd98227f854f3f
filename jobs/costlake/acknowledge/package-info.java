/** What people say about incidents. */
@NullMarked
package costlake.acknowledge;

import org.jspecify.annotations.NullMarked;
