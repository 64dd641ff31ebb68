"""`python -m haven.project.server`, which script/server calls."""

from haven.project.server.supervisor import main

if __name__ == "__main__":
    main()
