/// Colours and sizes: large targets for one hand, strong contrast for bright sun.
library;

import 'package:flutter/material.dart';

const _seed = Color(0xFF0B5C56);

/// The least height of what is tapped, in logical pixels.
const targetHeight = 56.0;

ThemeData themeFor(Brightness brightness) {
  final colors = ColorScheme.fromSeed(seedColor: _seed, brightness: brightness, contrastLevel: 0.5);
  const size = Size.fromHeight(targetHeight);
  return ThemeData(
    colorScheme: colors,
    filledButtonTheme: FilledButtonThemeData(style: FilledButton.styleFrom(minimumSize: size)),
    outlinedButtonTheme: OutlinedButtonThemeData(style: OutlinedButton.styleFrom(minimumSize: size)),
    inputDecorationTheme: const InputDecorationTheme(border: OutlineInputBorder()),
    materialTapTargetSize: MaterialTapTargetSize.padded,
  );
}
