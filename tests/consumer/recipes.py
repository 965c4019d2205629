#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Runs the vcpkg port and the Conan recipe without vcpkg and Conan, which Debian does not have: their
functions are replaced by some that only write down how they are called. What is wrong in the recipes
themselves (names, paths, versions, options that the project does not know) is found.

recipes.py SOURCE_DIRECTORY WORK_DIRECTORY
"""
import fnmatch
import importlib.util
import json
import pathlib
import re
import shutil
import subprocess
import sys
import types

PORT_FUNCTIONS = """\
cmake_minimum_required(VERSION 3.25)
foreach(name cmake_configure cmake_install cmake_config_fixup fixup_pkgconfig install_copyright)
    cmake_language(EVAL CODE "function(vcpkg_${name})\\nmessage(STATUS \\"${name}|\\${ARGN}\\")\\nendfunction()")
endforeach()
set(CURRENT_PORT_DIR "${PORT}")
include("${PORT}/portfile.cmake")
"""


def version_of(root):
    text = (root / "include/attribution/version.hpp").read_text(encoding="utf-8")
    return ".".join(re.findall(r"#define ATTRIBUTION_VERSION_[A-Z]+ (\d+)", text))


def check(condition, what):
    if not condition:
        sys.exit(f"recipes: {what}")


def check_port(root, work):
    port = root / ".packaging/vcpkg/attribution"
    manifest = json.loads((port / "vcpkg.json").read_text(encoding="utf-8"))
    check(manifest["version"] == version_of(root), "vcpkg.json has another version than version.hpp")
    check({"date", "range-v3"} <= {d for d in manifest["dependencies"] if isinstance(d, str)},
          "vcpkg.json lacks a dependency")
    script = work / "port.cmake"
    script.write_text(PORT_FUNCTIONS, encoding="utf-8")
    done = subprocess.run(["cmake", f"-DPORT={port}", "-P", script], capture_output=True, text=True)
    check(done.returncode == 0, f"the portfile does not run:\n{done.stderr}")
    calls = dict(line.removeprefix("-- ").split("|", 1) for line in done.stdout.splitlines())
    arguments = calls["cmake_configure"].split(";")
    check(pathlib.Path(arguments[arguments.index("SOURCE_PATH") + 1]) == root, "the port builds another tree")
    options = [argument[2:].split("=")[0] for argument in arguments if argument.startswith("-D")]
    project = (root / "CMakeLists.txt").read_text(encoding="utf-8")
    for option in options:
        check(f"option({option} " in project, f"the project has no option {option}")
    check(all(argument.endswith("=OFF") for argument in arguments if argument.startswith("-D")),
          "the port builds more than headers")
    check(calls["cmake_config_fixup"].split(";") == ["CONFIG_PATH", "share/cmake/attribution"]
          and "CMAKE_INSTALL_DATADIR}/cmake/attribution)" in project,
          "the port looks for the package where it is not installed")
    check(pathlib.Path(calls["install_copyright"].split(";")[1]).is_file(), "the port has no licence")


def conan_module(copies):
    """As much of Conan as the recipe uses."""
    def copy(recipe, pattern, source, destination):
        source, destination = pathlib.Path(source), pathlib.Path(destination)
        found = [path for path in source.rglob("*") if path.is_file()
                 and fnmatch.fnmatch(path.relative_to(source).as_posix(), pattern)]
        check(found, f"Conan's recipe copies nothing: {pattern} from {source}")
        for path in found:
            target = destination / path.relative_to(source)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
            copies.append(target)

    names = {"conan": {"ConanFile": type("ConanFile", (), {})}, "conan.tools": {},
             "conan.tools.build": {"check_min_cppstd": lambda recipe, standard: check(standard == 20, "C++20")},
             "conan.tools.files": {"copy": copy}}
    for name, members in names.items():
        module = types.ModuleType(name)
        vars(module).update(members)
        sys.modules[name] = module


def check_recipe(root, work):
    copies = []
    conan_module(copies)
    specification = importlib.util.spec_from_file_location("recipe", root / ".packaging/conan/conanfile.py")
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    recipe = module.Attribution()
    recipe.set_version()
    check(recipe.version == version_of(root), "Conan's recipe has another version than version.hpp")
    recipe.export_sources_folder = recipe.source_folder = work / "sources"
    recipe.package_folder = work / "package"
    required, cleared = [], []

    def requires(reference, transitive_headers=False):
        check(transitive_headers, f"{reference}: headers include its headers")
        required.append(reference.split("/")[0])
    recipe.requires = requires
    recipe.settings = types.SimpleNamespace(os="Linux")
    recipe.cpp_info = types.SimpleNamespace()
    recipe.info = types.SimpleNamespace(clear=lambda: cleared.append(True))
    recipe.export_sources()
    recipe.requirements()
    recipe.validate()
    recipe.package()
    recipe.package_id()
    recipe.package_info()
    check(sorted(required) == ["date", "range-v3"], "Conan's recipe lacks a dependency")
    check(cleared, "Conan's package is another one for every compiler, though it has headers only")
    check(vars(recipe.cpp_info) == {"bindirs": [], "libdirs": [], "system_libs": ["pthread"]},
          f"Conan's package says {vars(recipe.cpp_info)}")
    check((work / "package/licenses/LICENSE").is_file(), "Conan's package has no licence")
    headers = {path.relative_to(root / "include") for path in (root / "include").rglob("*.hpp")}
    packed = {path.relative_to(work / "package/include") for path in (work / "package/include").rglob("*.hpp")}
    check(headers == packed, f"Conan's package lacks {sorted(headers - packed)[:3]}")


def main():
    root, work = (pathlib.Path(argument).resolve() for argument in sys.argv[1:])
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    check_port(root, work)
    check_recipe(root, work)


if __name__ == "__main__":
    main()
