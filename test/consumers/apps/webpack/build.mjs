import { copyFileSync } from 'node:fs';
import MiniCssExtractPlugin from 'mini-css-extract-plugin';
import webpack from 'webpack';

const here = import.meta.dirname;
const compiler = webpack({
  mode: 'production',
  context: here,
  entry: './main.js',
  output: { path: `${here}/dist`, filename: '[name].js', publicPath: '/' },
  module: { rules: [{ test: /\.css$/, use: [MiniCssExtractPlugin.loader, 'css-loader'] }] },
  plugins: [new MiniCssExtractPlugin({ filename: '[name].css' })],
  performance: { hints: false },
});
compiler.run((error, stats) => {
  // A warning is what a user would be left with.
  if (error || stats.hasErrors() || stats.hasWarnings()) {
    console.error(error ?? stats.toString('errors-warnings'));
    process.exitCode = 1;
  }
  copyFileSync(`${here}/index.html`, `${here}/dist/index.html`);
  compiler.close(() => undefined);
});
