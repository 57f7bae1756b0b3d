/** Does it work? Experiments that speak to a running Hone over HTTP; the demo is the smallest. */
@NullMarked
package dev.hone.lab;

import org.jspecify.annotations.NullMarked;
